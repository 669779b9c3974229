package io.mrq.embedded;

/** No property names a MongoDB. */
final class NoMongoAddress extends NoAddress {

  NoMongoAddress() {
    super("spring.mongodb.uri", "spring.mongodb.host");
  }
}
