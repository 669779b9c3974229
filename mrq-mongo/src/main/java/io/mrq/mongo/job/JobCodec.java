package io.mrq.mongo.job;

import io.mrq.job.Job;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bson.BsonReader;
import org.bson.BsonReaderMark;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.RawBsonDocumentCodec;

/**
 * Reads jobs straight out of a reply. To make a {@link org.bson.RawBsonDocument} of each document
 * first would copy it, and read every name and value twice.
 */
public final class JobCodec implements Codec<JobCodec.Found> {
  private static final RawBsonDocumentCodec RAW = new RawBsonDocumentCodec();

  /**
   * A document that was found.
   *
   * @param job empty when the document is no job
   */
  public record Found(Optional<Job> job) {}

  @Override
  public Found decode(BsonReader reader, DecoderContext context) {
    BsonReaderMark beginning = reader.getMark();
    Job usual = JobDecoder.usual(reader, UnaryOperator.identity());
    if (usual != null) {
      return new Found(Optional.of(usual));
    }
    beginning.reset();
    return new Found(JobDocuments.job(RAW.decode(reader, context)));
  }

  @Override
  public void encode(BsonWriter writer, Found value, EncoderContext context) {
    throw new UnsupportedOperationException("jobs are only read");
  }

  @Override
  public Class<Found> getEncoderClass() {
    return Found.class;
  }
}
