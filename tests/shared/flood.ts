import type { PassFault } from '../../tools/simulator/faults.ts';
import type { Fleet, Rake, Vehicle } from '../../tools/simulator/fleet.ts';
import type { Simulator } from '../../tools/simulator/simulator.ts';

const sides = ['La', 'Lb', 'Ra', 'Rb'];
/** Below the lower limit of every type, and between the two lower limits of a truck carrier (docs/domain.md). */
const criticalMm = 172;
const warningMm = 188;
/** One such train is past in about 10 s: nine of them on two tracks in less than a minute. */
const pace = { speedKmh: 140, acceleration: 2.2 };

interface FloodTrain {
  readonly rake: Rake;
  readonly trainNumber: string;
  readonly faults: readonly PassFault[];
}

export interface Flood {
  readonly critical: number;
  readonly warning: number;
  readonly trains: readonly FloodTrain[];
}

/**
 * Trains whose springs are all too low, each vehicle with one alert a spring, `alerts` in all. Both springs of an axle
 * are equally low: no second rule adds alerts of its own. Every other truck carrier is not so bad: warnings.
 */
export function planFlood(fleet: Fleet, alerts: number): Flood {
  let left = alerts;
  let warning = 0;
  const faultsOf = (vehicle: Vehicle, index: number): PassFault[] => {
    const mild = vehicle.type === 'carrier-truck' && index % 2 === 0;
    const positions = Array.from({ length: vehicle.axles }, (_, axle) =>
      sides.map((side) => `${axle + 1}${side}`),
    )
      .flat()
      .slice(0, left);
    left -= positions.length;
    if (mild) warning += positions.length;
    return positions.map((position) => ({
      name: 'low-height',
      number: vehicle.number,
      position,
      millimetres: mild ? warningMm : criticalMm,
    }));
  };
  const trains: FloodTrain[] = [];
  for (const [place, rake] of fleet.rakes.entries()) {
    if (left === 0) break;
    trains.push({ rake, trainNumber: `${7100 + place}`, faults: rake.vehicles.flatMap(faultsOf) });
  }
  if (left > 0) throw new Error(`the fleet has ${left} springs too few`);
  return { critical: alerts - warning, warning, trains };
}

/** Lets them pass in turn on both tracks, as trains do: their events come while they run. Resolves with the ms it took. */
export async function runFlood(simulator: Simulator, { trains }: Flood): Promise<number> {
  const since = performance.now();
  const waiting = [...trains];
  const track = async (stream: string): Promise<void> => {
    for (let train = waiting.shift(); train !== undefined; train = waiting.shift()) {
      await simulator.runPass({ ...train, ...pace, stream, instant: false, tidy: true, direction: 'uk-fr' });
    }
  };
  await Promise.all([track('t1'), track('t2')]);
  return performance.now() - since;
}
