import type { PassFault } from './faults.ts';
import { applyPassFault } from './pass-faults.ts';
import { passEnd, passEvents } from './pass-events.ts';
import { planPass } from './pass-plan.ts';
import type { Injection, PlanOptions } from './pass-plan.ts';
import type { Direction, PassEvent, SequencedEvent } from './protocol.ts';

export interface GeneratedPass {
  passId: string;
  trainNumber: string;
  direction: Direction;
  /** Epoch ms. */
  startedAt: number;
  endsAt: number;
  vehicleNumbers: readonly string[];
  /** In the order of their times; their `seq` is given by the stream that sends them. */
  events: PassEvent[];
  injections: Injection[];
  /** Faults that this pass could not carry: it has no such vehicle or position. */
  notApplied: PassFault[];
}

export interface GenerateOptions extends PlanOptions {
  faults?: readonly PassFault[];
}

/** One pass, the same for the same options; needs neither sockets nor clocks. */
export const generatePass = ({ faults = [], ...options }: GenerateOptions): GeneratedPass => {
  const plan = planPass(options);
  const notApplied = faults.filter((fault) => !applyPassFault(plan, fault));
  return {
    passId: plan.passId,
    trainNumber: plan.trainNumber,
    direction: plan.direction,
    startedAt: plan.startedAt,
    endsAt: Math.ceil(passEnd(plan)),
    vehicleNumbers: plan.vehicles.map(({ vehicle }) => vehicle.number),
    events: passEvents(plan),
    injections: plan.injections,
    notApplied,
  };
};

/** Gives events their numbers, for readers that need no stream. */
export const numbered = (events: readonly PassEvent[], firstSeq: number): SequencedEvent[] =>
  events.map((event, index) => ({ ...event, seq: firstSeq + index }));
