package io.mrq.autoconfigure.bean;

import java.util.Arrays;
import org.springframework.beans.factory.ListableBeanFactory;

/** Finds the bean that MRQ uses where an application may have several of a type. */
public final class BeanChoice {
  private BeanChoice() {}

  /**
   * Returns the bean with this name; without a name, the only or the primary bean of the type.
   *
   * @param name empty when the application did not choose
   * @param property the property by which it chooses
   * @throws IllegalStateException saying what to set, when there is no such bean or there are
   *     several
   */
  public static <T> T of(ListableBeanFactory beans, Class<T> type, String name, String property) {
    if (!name.isEmpty()) {
      if (!beans.containsBean(name) || !beans.isTypeMatch(name, type)) {
        throw new IllegalStateException(
            "%s is '%s', but there is no bean of type %s with that name; there %s"
                .formatted(property, name, type.getSimpleName(), found(beans, type)));
      }
      return beans.getBean(name, type);
    }
    T only = beans.getBeanProvider(type).getIfUnique();
    if (only == null) {
      throw new IllegalStateException(
          "MRQ needs one bean of type %s, but there %s: set %s to the name of the one that MRQ should use"
              .formatted(type.getSimpleName(), found(beans, type), property));
    }
    return only;
  }

  private static String found(ListableBeanFactory beans, Class<?> type) {
    String[] names = beans.getBeanNamesForType(type);
    return switch (names.length) {
      case 0 -> "is none";
      case 1 -> "is '" + names[0] + "'";
      default -> "are " + Arrays.toString(names) + ", of which none is @Primary";
    };
  }
}
