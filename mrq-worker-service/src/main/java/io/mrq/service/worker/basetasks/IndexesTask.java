package io.mrq.service.worker.basetasks;

import io.mrq.autoconfigure.MrqProperties;
import io.mrq.autoconfigure.MrqProperties.Indexes;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.index.MongoIndexes;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Creates indexes that are missing, as every process does when it starts. It drops none. */
@MrqTask(
    value = "mrq.basetasks.indexes.EnsureIndexes",
    timeout = "0",
    retryOn = StoreUnavailableException.class)
final class IndexesTask extends Task<Map<String, @Nullable Object>, Map<String, Object>> {
  private final ObjectProvider<MongoStores> stores;
  private final MrqProperties.Mongo settings;

  IndexesTask(ObjectProvider<MongoStores> stores, MrqProperties.Mongo settings) {
    this.stores = stores;
    this.settings = settings;
  }

  @Override
  public Map<String, Object> run(Map<String, @Nullable Object> params) {
    if (settings.indexes() == Indexes.NONE) {
      return Answers.note("mrq.mongo.indexes=none: indexes are left to the operators of MongoDB.");
    }
    MongoStores mongo = stores.getIfAvailable();
    if (mongo == null) {
      return Answers.note("The jobs of this application are not in MongoDB.");
    }
    MongoIndexes indexes = mongo.indexes();
    boolean forPython =
        switch (settings.pythonIndexes()) {
          case AUTO -> indexes.hasPythonWorkers();
          case TRUE -> true;
          case FALSE -> false;
        };
    List<String> refused = indexes.create(forPython);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("refused", refused);
    return answer;
  }
}
