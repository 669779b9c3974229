package com.example.mails;

import org.springframework.stereotype.Component;

/** A component whose tasks are declared by its interface. */
@Component
class FriendlyReplies implements Replies {
  @Override
  public String reply(Mails.Recipient to) {
    return "Dear " + to.address();
  }
}
