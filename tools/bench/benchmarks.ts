import type { Benchmark } from './benchmark.ts';
import { eventLoop } from './event-loop.ts';
import { ingestSustained } from './ingest-sustained.ts';
import { ingestThroughput } from './ingest-throughput.ts';
import { journalAppend } from './journal-append.ts';
import { nextCar } from './next-car.ts';
import { replicaReads } from './replica-reads.ts';
import { shownMeasurement } from './shown-measurement.ts';
import { start } from './start.ts';
import { typedCall } from './typed-call.ts';
import { validation } from './validation.ts';

/** In the order of their numbers. Those that docs/benchmarks.md lists and that are missing here come with later work. */
export const benchmarks: readonly Benchmark[] = [
  start,
  nextCar,
  typedCall,
  validation,
  ingestThroughput,
  ingestSustained,
  journalAppend,
  shownMeasurement,
  replicaReads,
  eventLoop,
];
