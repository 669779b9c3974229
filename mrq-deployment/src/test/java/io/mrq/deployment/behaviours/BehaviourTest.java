package io.mrq.deployment.behaviours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BehaviourTest {
  private static final List<String> TESTS = List.of("SomeTest.shows");

  private static List<String> complaints(List<String> tests, Map<String, String> entry) {
    return Behaviour.of("AREA-01", entry).complaints(tests, Set.of("Wings"));
  }

  @Test
  void whatFitsTogetherIsFine() {
    assertThat(complaints(TESTS, Map.of("what", "It flies."))).isEmpty();
    assertThat(complaints(TESTS, Map.of("what", "It flies.", "partly", "far."))).isEmpty();
    assertThat(complaints(List.of(), Map.of("what", "It flies.", "planned", "Wings"))).isEmpty();
    assertThat(complaints(List.of(), Map.of("what", "It flies.", "not-applicable", "A fish.")))
        .isEmpty();
  }

  @Test
  void whatIsShownByNothingHasToSayWhy() {
    assertThat(complaints(List.of(), Map.of("what", "It flies.")))
        .containsExactly("AREA-01 has no test, and its entry does not say why not");
    assertThat(complaints(List.of(), Map.of("what", "It flies.", "partly", "far."))).hasSize(1);
  }

  @Test
  void aReasonThatTestsContradictIsNone() {
    assertThat(complaints(TESTS, Map.of("what", "It flies.", "planned", "Wings")))
        .containsExactly("AREA-01 is planned, but these show it: SomeTest.shows");
    assertThat(complaints(TESTS, Map.of("what", "It flies.", "decided-against", "No."))).hasSize(1);
  }

  @Test
  void aPlanHasAKnownName() {
    assertThat(complaints(List.of(), Map.of("what", "It flies.", "planned", "Fins")))
        .containsExactly("AREA-01 is planned with an unknown capability: Fins");
  }

  @Test
  void oneReasonIsEnough() {
    assertThat(
            complaints(
                List.of(),
                Map.of("what", "It flies.", "planned", "Wings", "decided-against", "No.")))
        .containsExactly("AREA-01 has more than one reason why it is not there");
  }

  @Test
  void anUnknownKeyIsRefused() {
    assertThatThrownBy(() -> Behaviour.of("AREA-01", Map.of("why-not", "No.")))
        .hasMessageContaining("AREA-01");
  }
}
