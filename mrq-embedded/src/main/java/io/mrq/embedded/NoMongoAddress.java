package io.mrq.embedded;

/** No property says where a MongoDB is, or how to be let in. */
final class NoMongoAddress extends NoAddress {

  NoMongoAddress() {
    super(
        "spring.mongodb.uri",
        "spring.mongodb.host",
        "spring.mongodb.port",
        "spring.mongodb.protocol",
        "spring.mongodb.additional-hosts",
        "spring.mongodb.replica-set-name",
        "spring.mongodb.username",
        "spring.mongodb.password",
        "spring.mongodb.authentication-database",
        "spring.mongodb.ssl.enabled",
        "spring.mongodb.ssl.bundle");
  }
}
