package io.mrq.job;

/**
 * The identity of one run of a job, FENCE of protocol §1: a write for the run matches only while
 * the stored document is {@code started} and carries the same worker and claim.
 *
 * @param job the job that runs
 * @param claim by which it was won
 */
public record Run(JobId job, Claim claim) {}
