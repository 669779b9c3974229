package io.mrq.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/** Leaves out the auto-configuration of the stores: the tests bring their own in memory. */
class StarterSwitchedOff implements AutoConfigurationImportFilter {
  private static final List<String> STORES = List.of("io.mrq.", ".mongodb.", ".redis.", ".data.");

  @Override
  public boolean[] match(
      @Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
    boolean[] matches = new boolean[autoConfigurations.length];
    for (int i = 0; i < matches.length; i++) {
      matches[i] = wanted(autoConfigurations[i]);
    }
    return matches;
  }

  private static boolean wanted(@Nullable String name) {
    // Boot asks about plainly imported configurations too.
    return name == null
        || name.startsWith("io.mrq.api.")
        || STORES.stream().noneMatch(name::contains);
  }
}
