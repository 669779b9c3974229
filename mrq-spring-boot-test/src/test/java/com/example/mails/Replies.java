package com.example.mails;

import io.mrq.task.MrqTask;

/** Tasks that clients name by this interface. */
public interface Replies {
  /** Answers a mail. */
  @MrqTask("mails.reply")
  String reply(Mails.Recipient to);
}
