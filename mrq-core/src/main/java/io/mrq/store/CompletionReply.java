package io.mrq.store;

import java.util.Map;

/**
 * The answer to one batch of completions.
 *
 * @param matched how many completions were stored; the number does not say which
 * @param refused completions that the store will never accept, by their index in the batch, and why
 */
public record CompletionReply(long matched, Map<Integer, String> refused) {}
