package io.mrq.mongo.index;

import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;

/**
 * Which indexes a collection should have.
 *
 * @param ours those that MRQ needs
 * @param python those that only Python MRQ needs
 * @param earlier those that earlier versions of MRQ needed
 */
record CollectionPlan(
    MongoCollection<RawBsonDocument> collection,
    List<WantedIndex> ours,
    List<WantedIndex> python,
    List<WantedIndex> earlier) {
  CollectionPlan(MongoCollection<RawBsonDocument> collection, WantedIndex... ours) {
    this(collection, List.of(ours), List.of(), List.of());
  }

  /**
   * Creates what is missing in one command, and then drops what is of no use any more.
   *
   * @param dropping false: nothing is dropped
   * @return the indexes that are not as wanted; if there are any, nothing is dropped
   */
  List<String> carryOut(boolean forPython, boolean replicated, boolean dropping) {
    List<WantedIndex> wanted = new ArrayList<>(ours);
    List<WantedIndex> surplus = new ArrayList<>(earlier);
    (forPython ? wanted : surplus).addAll(python);
    List<String> refused = new IndexCreation(collection, replicated).ensure(wanted);
    if (dropping && refused.isEmpty() && !surplus.isEmpty()) {
      new IndexRemoval(collection).drop(surplus);
    }
    return refused;
  }
}
