package io.mrq.mongo.error;

import java.util.Set;

/**
 * The error codes with which MongoDB refuses a document or a question because of its content. All
 * other errors may pass: an election, a shutdown, a moved chunk, an overload, rights that somebody
 * has yet to grant, and every code of a later version.
 */
public final class RefusalCodes {
  /** A document, or the result of an update, is larger than MongoDB stores. */
  private static final Set<Integer> TOO_LARGE = Set.of(10334, 17419, 17420);

  private static final Set<Integer> OTHERS =
      Set.of(
          2, // BadValue, such as $push onto what is no array
          9, // FailedToParse
          14, // TypeMismatch, such as $inc of what is no number
          15, // Overflow
          16, // InvalidLength
          22, // InvalidBSON
          28, // PathNotViable
          40, // ConflictingUpdateOperators
          52, // DollarPrefixedFieldName
          53, // InvalidIdField
          54, // NotSingleValueField
          55, // InvalidDBRef
          56, // EmptyFieldName
          57, // DottedFieldName
          61, // ShardKeyNotFound
          66, // ImmutableField
          111, // NotExactValueField
          116, // DocTooLargeForCapped
          121, // DocumentValidationFailure
          159, // DurationOverflow
          168, // InvalidPipelineOperator
          171, // CannotIndexParallelArrays
          201, // CannotBuildIndexKeys
          241, // ConversionFailure
          11000, // DuplicateKey
          16554, // $add of what is neither a number nor a date
          16555, // $subtract, before 5.0
          16556, // $subtract of what are no numbers or dates
          16608, // $divide by zero
          16609, // $divide of what are no numbers
          17280); // KeyTooLong

  /** The codes of a server that cannot, or may not, create an index or a collection. */
  private static final Set<Integer> OF_SETUP =
      Set.of(
          -1, // no code: a server that only speaks the protocol, and lacks this
          13, // Unauthorized
          20, // IllegalOperation
          59, // CommandNotFound
          67, // CannotCreateIndex, such as one too many
          72, // InvalidOptions
          73, // InvalidNamespace
          85, // IndexOptionsConflict
          86, // IndexKeySpecsConflict
          115, // CommandNotSupported
          166, // CommandNotSupportedOnView
          197, // InvalidIndexSpecificationOption
          238, // NotImplemented
          303, // Amazon DocumentDB does not support this
          323); // APIStrictError

  private RefusalCodes() {}

  static boolean contains(int code) {
    return isTooLarge(code) || OTHERS.contains(code);
  }

  /** Whether an index or a collection cannot be created on this server. */
  public static boolean ofSetup(int code) {
    return contains(code) || OF_SETUP.contains(code);
  }

  static boolean isTooLarge(int code) {
    return TOO_LARGE.contains(code);
  }
}
