package io.mrq.deployment.behaviours;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CitationsTest {
  private static final Pattern IDS = Citations.ids(List.of(new Area("AREA", "Title", List.of())));

  private final Citations citations = new Citations(IDS);

  private void read(String text) {
    citations.add("x/src/test/java/a/SampleTest.java", text);
  }

  private List<String> of(String id) {
    return citations.of(id).stream().map(CitingTest::toString).toList();
  }

  @Test
  void idsBelongToTheTestBelowThem() {
    read(
        """
        class SampleTest {
          // AREA-01, AREA-02
          @Test
          void first() {}

          /** What it shows. */
          // AREA-02,
          // AREA-03
          @ParameterizedTest
          @ValueSource(strings = {"a", "void b("})
          public void second(String text) {}
        """);

    assertThat(citations.cited()).containsExactly("AREA-01", "AREA-02", "AREA-03");
    assertThat(of("AREA-01")).containsExactly("SampleTest.first");
    assertThat(of("AREA-02")).hasSize(2);
    assertThat(citations.strays()).isEmpty();
  }

  @Test
  void aTestsNameIsASentence() {
    assertThat(new CitingTest("f", "SampleTest", "aReturnIsASuccess").words())
        .isEqualTo("a return is a success");
    assertThat(new CitingTest("f", "SampleTest", "a_step_down").words()).isEqualTo("a step down");
  }

  @Test
  void idsAboveAClassBelongToAllItsTests() {
    read(
        """
        // AREA-07
        abstract class SampleTest {
          void first() {}
        """);

    assertThat(of("AREA-07")).containsExactly("SampleTest");
  }

  @Test
  void otherFormsAreNoCitations() {
    read(
        """
        /** What it shows (AREA-01). */
        class SampleTest {
          // as AREA-02 says
          @Test
          void first() {
            assertThat(1).as("AREA-03");
          }
        """);

    assertThat(citations.cited()).isEmpty();
    assertThat(citations.strays())
        .containsExactly("SampleTest: AREA-01", "SampleTest: AREA-02", "SampleTest: AREA-03");
  }
}
