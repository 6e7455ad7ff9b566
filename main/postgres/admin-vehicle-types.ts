import type { VehicleType } from '../../contract/domain.ts';
import type { AdminRecord } from '../admin/ports.ts';
import { edit } from './admin-outcome.ts';
import type { Ask } from './ask.ts';
import { type List, readPage } from './pages.ts';
import { milliseconds, present } from './queryable.ts';
import { storable } from './text.ts';

/** Of the vehicles that passed lately. */
const lately = `s.last_seen_at > now() - interval '30 days'`;
/** Numbers that are shown as examples. */
const examples = 20;

/** Select list over `t`, a row of vehicle_type or a code that nobody has entered. */
const columns = `t.code, t.name, t.axles, t.revision,
  coalesce((select n.rules -> 'types' ? t.code from vicore.threshold_set n order by n.version desc limit 1), false)
    as "hasLimits",
  (select count(*) from vicore.vehicle_seen s where s.vehicle_type = t.code and ${lately}) as seen,
  (select ${milliseconds('max(s.last_seen_at)')} from vicore.vehicle_seen s
    where s.vehicle_type = t.code and ${lately}) as "lastSeenAt",
  array(select s.vehicle_number from vicore.vehicle_seen s where s.vehicle_type = t.code and ${lately}
    order by s.last_seen_at desc, s.vehicle_number limit ${examples}) as "vehicleNumbers"`;

const list: List<VehicleType, VehicleType> = {
  label: 'list-vehicle-types',
  columns,
  from: `(select code, name, axles, revision from vicore.vehicle_type
    union all
    select distinct s.vehicle_type, null, null::integer, 0 from vicore.vehicle_seen s
      where ${lately} and not exists (select from vicore.vehicle_type k where k.code = s.vehicle_type)) t`,
  // Nobody entered it: first.
  keys: [
    { sql: 'least(t.revision, 1)', type: 'bigint' },
    { sql: 't.code', type: 'text' },
  ],
  order: 'asc',
  toItem: present,
};

export const createAdminVehicleTypes = (
  ask: Ask,
): Pick<AdminRecord, 'listVehicleTypes' | 'saveVehicleType'> => ({
  listVehicleTypes: (page) => readPage(ask, list, page),
  saveVehicleType: ({ code, name, axles, revision }, act) =>
    edit<VehicleType, VehicleType>(ask, act, {
      name: 'save_vehicle_type',
      parameters: [storable(code), storable(name), axles, revision],
      member: 'type',
      alias: 't',
      columns,
      toItem: present,
    }),
});
