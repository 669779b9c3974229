package io.mrq.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which task a reference names; that params and results fit is checked by the compiler here. */
class TaskReferenceTest {
  @Test
  void aMethodIsNamedByItsClass() throws Exception {
    TaskReference<Welcome, Receipt> welcome = TaskReference.to(Mails::welcome);

    assertThat(welcome.owner()).isEqualTo(Mails.class);
    assertThat(welcome.method()).isEqualTo(Mails.class.getDeclaredMethod("welcome", Welcome.class));
    assertThat(welcome).hasToString(Mails.class.getName() + ".welcome");
  }

  @Test
  void methodsOfEveryFormAreNamed() {
    TaskReference<Welcome, Void> forget = TaskReference.to(Mails::forget);
    TaskReference<Void, Integer> count = TaskReference.to(Mails::count);
    TaskReference<Void, Void> nightly = TaskReference.to(Mails::nightly);
    TaskReference<Map<String, Object>, List<Receipt>> all = TaskReference.to(Mails::all);

    assertThat(Stream.of(forget, count, nightly, all))
        .extracting(reference -> reference.toString().replaceAll(".*\\.", ""))
        .containsExactly("forget", "count", "nightly", "all");
  }

  @Test
  void aMethodOfAnInterfaceIsNamedWithoutTheBeansClass() throws Exception {
    TaskReference<Welcome, Receipt> greet = TaskReference.to(Greetings::greet);

    assertThat(greet.owner()).isEqualTo(Greetings.class);
    assertThat(greet.method()).isEqualTo(Greetings.class.getMethod("greet", Welcome.class));
  }

  @Test
  void anInheritedMethodIsFoundAboveTheClassBeforeTheColons() throws Exception {
    TaskReference<Welcome, Receipt> welcome = TaskReference.to(PrivateMails::welcome);

    assertThat(welcome.owner()).isEqualTo(PrivateMails.class);
    assertThat(welcome.method()).isEqualTo(Mails.class.getDeclaredMethod("welcome", Welcome.class));
  }

  @Test
  void aClassIsNamedByItself() {
    TaskReference<Welcome, Receipt> shout = TaskReference.to(Shout.class);

    assertThat(shout.owner()).isEqualTo(Shout.class);
    assertThat(shout.method()).isNull();
    assertThat(shout).hasToString(Shout.class.getName());
  }

  @Test
  void referencesToTheSameTaskAreEqual() {
    TaskReference<Welcome, Receipt> one = TaskReference.to(Mails::welcome);
    TaskReference<Welcome, Receipt> other = TaskReference.to(Mails::welcome);

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one).isNotEqualTo(TaskReference.to(PrivateMails::welcome));
    assertThat(TaskReference.to(Shout.class)).isEqualTo(TaskReference.to(Shout.class));
  }

  @Test
  void whatIsNoMethodOfAClassIsRefused() {
    Mails mails = new Mails();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TaskReference.to((Mails bean, Welcome params) -> bean.welcome(params)))
        .withMessageContaining("such as Mails::welcome");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TaskReference.to(mails::welcome))
        .withMessageContaining("no object before the colons");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TaskReference.to(Mails::helper))
        .withMessageContaining("no static method");
  }

  record Welcome(String address, int copies) {}

  record Receipt(int sent) {}

  static class Mails {
    @MrqTask("mails.welcome")
    Receipt welcome(Welcome params) throws IOException {
      return new Receipt(params.copies());
    }

    @MrqTask("mails.forget")
    void forget(Welcome params) {}

    @MrqTask("mails.count")
    int count() {
      return 0;
    }

    @MrqTask("mails.nightly")
    void nightly() {}

    @MrqTask("mails.all")
    List<Receipt> all(Map<String, Object> params) {
      return List.of();
    }

    static Receipt helper(Welcome params) {
      return new Receipt(params.copies());
    }
  }

  static class PrivateMails extends Mails {}

  interface Greetings {
    @MrqTask("greetings.greet")
    Receipt greet(Welcome params);
  }

  abstract static class TeamTask<R> extends Task<Welcome, R> {}

  static class Shout extends TeamTask<Receipt> {
    @Override
    public Receipt run(Welcome params) {
      return new Receipt(1);
    }
  }
}
