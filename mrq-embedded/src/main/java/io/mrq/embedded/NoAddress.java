package io.mrq.embedded;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches when no property that gives the address of a real store has a value. */
abstract class NoAddress extends SpringBootCondition {

  private final List<String> properties;

  NoAddress(String... properties) {
    this.properties = List.of(properties);
  }

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    ConditionMessage.Builder message = ConditionMessage.forCondition("Embedded store");
    Binder binder = Binder.get(context.getEnvironment());
    for (String property : properties) {
      // As a list, which a single value also is: the nodes of a cluster may be numbered.
      List<String> values =
          binder.bind(property, Bindable.listOf(String.class)).orElseGet(List::of);
      if (!values.isEmpty() && !values.equals(List.of("false"))) {
        return ConditionOutcome.noMatch(message.found("property").items(property));
      }
    }
    return ConditionOutcome.match(message.didNotFind("property", "properties").items(properties));
  }
}
