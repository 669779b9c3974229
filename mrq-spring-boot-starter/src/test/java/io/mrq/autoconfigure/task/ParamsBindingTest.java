package io.mrq.autoconfigure.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.task.InvalidParamsException;
import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import io.mrq.task.TaskDefinition;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import tools.jackson.databind.json.JsonMapper;

/** What tasks take, by the whole of its generic type. */
class ParamsBindingTest {
  private static final Validator VALIDATOR =
      Validation.buildDefaultValidatorFactory().getValidator();

  private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

  private @Nullable Object run(Class<?> bean, String path, Map<String, @Nullable Object> params)
      throws Exception {
    beans.registerBeanDefinition("bean", new RootBeanDefinition(bean));
    beans.addEmbeddedValueResolver(text -> text);
    TaskSearch search =
        new TaskSearch(
            beans,
            new TaskBinding(JsonMapper.builder().build(), VALIDATOR),
            SettingsOfTasksTest.NONE);
    search.afterSingletonsInstantiated();
    TaskDefinition task = Objects.requireNonNull(search.get().get(path));
    return task.body().run(params);
  }

  private @Nullable Object run(String path, Map<String, @Nullable Object> params) throws Exception {
    return run(Methods.class, path, params);
  }

  private static Map<String, @Nullable Object> map(Object... keysAndValues) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return map;
  }

  @Test
  void valuesOfAMapAreOfItsType() throws Exception {
    assertThat(run("longs", map("a", 1, "b", 2L))).isEqualTo(3L);
  }

  @Test
  void valuesOfAMapMayBeAnythingThatJacksonReads() throws Exception {
    assertThat(run("dates", map("a", "2026-01-01T00:00:00Z"))).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void recordsInAMapAreBoundAndValidated() throws Exception {
    assertThat(run("records", map("a", Map.of("address", "x")))).isEqualTo("x");
  }

  @Test
  void aViolationInsideAMapIsToldWithItsPlace() {
    assertThatThrownBy(() -> run("records", map("a", Map.of("address", " "))))
        .isInstanceOf(InvalidParamsException.class)
        .hasMessageContaining("'a.address' must not be blank");
  }

  @Test
  void listsInAMapAreOfTheirType() throws Exception {
    assertThat(run("lists", map("a", List.of(1, 2)))).isEqualTo(3L);
  }

  @Test
  void aValueOfAWrongTypeInAMapIsNamed() {
    assertThatThrownBy(() -> run("longs", map("a", "x")))
        .isInstanceOf(InvalidParamsException.class)
        .hasMessageContaining("'a' cannot be read as");
  }

  @Test
  void aMapOfAnythingIsTakenAsItIsStored() throws Exception {
    Map<String, @Nullable Object> params = map("a", 1, "b", "x");
    assertThat(run("any", params)).isEqualTo("{a=1, b=x}");
  }

  @Test
  void aTypeArgumentOfTheTeamsBaseClassIsFound() throws Exception {
    assertThat(run(Send.class, Send.class.getName(), map("address", "a"))).isEqualTo("a");
  }

  @Test
  void paramsBoundThroughTheTeamsBaseClassAreValidated() {
    assertThatThrownBy(() -> run(Send.class, Send.class.getName(), map("address", " ")))
        .isInstanceOf(InvalidParamsException.class)
        .hasMessageContaining("'address' must not be blank");
  }

  @Test
  void aClassOfMapsGetsThemOfItsType() throws Exception {
    assertThat(run(Sum.class, Sum.class.getName(), map("a", 1))).isEqualTo(1L);
  }

  @Test
  void aMethodInheritedFromAGenericClassTakesTheSubclassesType() throws Exception {
    assertThat(run(Inheriting.class, "inherited", map("address", "a"))).isEqualTo("Mail");
  }

  @Test
  void aMapOfATypeVariableIsResolvedToo() throws Exception {
    assertThat(run(Inheriting.class, "inherited.map", map("m", Map.of("address", "b"))))
        .isEqualTo("Mail");
  }

  @Test
  void aDefaultMethodOfAGenericInterfaceTakesItsImplementationsType() throws Exception {
    assertThat(run(Implementing.class, "of.interface", map("address", "a"))).isEqualTo("Mail");
  }

  record Mail(@NotBlank String address) {}

  static class Methods {
    @MrqTask("longs")
    long longs(Map<String, Long> values) {
      return values.values().stream().mapToLong(Long::longValue).sum();
    }

    @MrqTask("dates")
    String dates(Map<String, Instant> values) {
      Instant first = values.values().iterator().next();
      return first.toString();
    }

    @MrqTask("records")
    String records(Map<String, Mail> values) {
      Mail first = values.values().iterator().next();
      return first.address();
    }

    @MrqTask("lists")
    long lists(Map<String, List<Long>> values) {
      return values.values().stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
    }

    @MrqTask("any")
    String any(Map<String, Object> values) {
      return values.toString();
    }
  }

  abstract static class TeamTask<P> extends Task<P, String> {}

  static class Send extends TeamTask<Mail> {
    @Override
    public String run(Mail mail) {
      return mail.address();
    }
  }

  static class Sum extends Task<Map<String, Long>, Long> {
    @Override
    public Long run(Map<String, Long> values) {
      return values.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  abstract static class Base<P extends Object> {
    @MrqTask("inherited")
    public String one(P params) {
      return params.getClass().getSimpleName();
    }

    @MrqTask("inherited.map")
    public String many(Map<String, P> params) {
      return params.values().iterator().next().getClass().getSimpleName();
    }
  }

  static class Inheriting extends Base<Mail> {}

  interface Contract<P extends Object> {
    @MrqTask("of.interface")
    default String take(P params) {
      return params.getClass().getSimpleName();
    }
  }

  static class Implementing implements Contract<Mail> {}
}
