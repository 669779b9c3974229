package io.mrq.job;

/**
 * The identity of one run of a job, and the fence of its writes: a write for the run takes effect
 * only while the stored document is {@code started} and has the same worker and claim token.
 *
 * @param job the job that runs
 * @param claim the claim that started it
 */
public record Run(JobId job, Claim claim) {}
