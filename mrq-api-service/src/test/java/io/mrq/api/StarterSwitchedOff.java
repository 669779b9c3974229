package io.mrq.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Leaves out the auto-configuration of the stores, since most tests bring their own in memory;
 * those that want the real ones set {@value #REAL_STORES}.
 */
class StarterSwitchedOff implements AutoConfigurationImportFilter, EnvironmentAware {
  static final String REAL_STORES = "test.real-stores";

  private static final List<String> STORES = List.of("io.mrq.", ".mongodb.", ".redis.");

  private Environment environment = new StandardEnvironment();

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = environment;
  }

  @Override
  public boolean[] match(
      @Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
    boolean all = environment.getProperty(REAL_STORES, Boolean.class, false);
    boolean[] matches = new boolean[autoConfigurations.length];
    for (int i = 0; i < matches.length; i++) {
      matches[i] = all || wanted(autoConfigurations[i]);
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
