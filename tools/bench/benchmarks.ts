import type { Benchmark } from './benchmark.ts';
import { ingestSustained } from './ingest-sustained.ts';
import { ingestThroughput } from './ingest-throughput.ts';
import { journalAppend } from './journal-append.ts';
import { replicaReads } from './replica-reads.ts';
import { start } from './start.ts';
import { validation } from './validation.ts';

/** In the order of their numbers. Those that docs/benchmarks.md lists and that are missing here come with later work. */
export const benchmarks: readonly Benchmark[] = [
  start,
  validation,
  ingestThroughput,
  ingestSustained,
  journalAppend,
  replicaReads,
];
