package io.mrq.store;

import java.util.Map;

/**
 * The answer to one batch of completions.
 *
 * @param matched how many documents the fences matched; the count does not say which
 * @param refused by place in the batch: documents that the store will never accept, and why
 */
public record CompletionReply(long matched, Map<Integer, String> refused) {}
