package io.mrq.deployment.behaviours;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.deployment.GeneratedText;
import io.mrq.deployment.Repository;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/behaviours.md} is made of the catalogue and of the ids that tests cite. */
class BehavioursTest {
  private static final Catalogue CATALOGUE = Catalogue.read();
  private static final Pattern IDS = Citations.ids(CATALOGUE.areas());
  private static final Citations CITATIONS = Citations.read(IDS);

  @Test
  void everyCitedIdIsKnown() {
    assertThat(CITATIONS.cited()).isNotEmpty().isSubsetOf(CATALOGUE.ids());
  }

  @Test
  void everyIdIsShownByTestsOrSaysWhyNot() {
    assertThat(
            CATALOGUE
                .behaviours()
                .flatMap(b ->
                    b.complaints(CITATIONS.of(b.id()), CATALOGUE.capabilities().keySet()).stream()))
        .isEmpty();
  }

  @Test
  void everyPlannedCapabilityHasIds() {
    assertThat(CATALOGUE.behaviours().map(Behaviour::planned).filter(p -> !p.isEmpty()))
        .containsAll(CATALOGUE.capabilities().keySet());
  }

  @Test
  void theCatalogueIsWhole() {
    assertThat(CATALOGUE.behaviours().map(Behaviour::id)).hasSize(434).doesNotHaveDuplicates();
  }

  @Test
  void thePageShowsThem() throws IOException {
    GeneratedText.check(
        "docs/behaviours.md", "behaviours", new BehavioursPage(CATALOGUE, CITATIONS).text());
  }

  /** One form is enough to search for, and leaves names to say what a test shows. */
  @Test
  void testsCiteIdsInCommentsOfTheirOwn() {
    assertThat(CITATIONS.strays()).isEmpty();
  }

  /** What runs says what it does by itself; who wants to know why looks for its tests. */
  @Test
  void idsStandInTestsOnly() {
    List<String> allowed = List.of("docs/behaviours.md", Catalogue.FOLDER);

    assertThat(
            SourceFiles.all().stream()
                .filter(file -> !SourceFiles.isTest(file))
                .filter(file -> allowed.stream().noneMatch(file::startsWith))
                .flatMap(BehavioursTest::found))
        .isEmpty();
  }

  private static Stream<String> found(String file) {
    return IDS.matcher(Repository.text(file)).results().map(id -> file + ": " + id.group());
  }
}
