import { failure, success } from '../../contract/errors.ts';
import type { MethodName } from '../../contract/methods.ts';
import type { AdminRecord } from '../admin/ports.ts';
import type { Settings } from '../admin/settings.ts';
import { saveThresholds } from '../admin/thresholds.ts';
import type { Trial } from '../admin/trial.ts';
import { isTimeZone } from '../configuration/time-zone.ts';
import type { Handlers } from '../core.ts';
import { actOf } from './act.ts';

const defaultLimit = 50;

/** Absent: the first page of the usual size. */
const paged = <Input extends { readonly limit?: number | undefined }>(input: Input) => ({
  ...input,
  limit: input.limit ?? defaultLimit,
});

export interface AdminHandlersOptions {
  readonly record: AdminRecord;
  readonly settings: Pick<Settings, 'list' | 'save'>;
  readonly trial: Trial;
}

/** Every edit carries the revision that was shown: an edit by somebody else meanwhile comes back as `conflict`. */
export function adminHandlers({
  record,
  settings,
  trial,
}: AdminHandlersOptions): Handlers<Extract<MethodName, `admin.${string}`>> {
  return {
    'admin.listUsers': (input) => record.listUsers(paged(input)),
    'admin.changeUser': (input, caller) => record.changeUser(input, actOf(caller)),
    'admin.pseudonymiseUser': (input, caller) => record.pseudonymiseUser(input, actOf(caller)),
    'admin.listThresholds': (input) => record.listThresholds(paged(input)),
    'admin.tryThresholds': ({ values, passes }) => trial.tryThresholds(values, passes),
    'admin.saveThresholds': (input, caller) => saveThresholds(record, input, actOf(caller)),
    'admin.listVehicleTypes': (input) => record.listVehicleTypes(paged(input)),
    'admin.saveVehicleType': (input, caller) => record.saveVehicleType(input, actOf(caller)),
    'admin.listSites': (input) => record.listSites(paged(input)),
    'admin.saveSite': async (input, caller) => {
      if (input.timeZone !== undefined && !isTimeZone(input.timeZone)) {
        return failure('invalid-input', 'No such time zone; expected a name such as Europe/London.', {
          field: 'timeZone',
        });
      }
      return record.saveSite(input, actOf(caller));
    },
    'admin.listCameras': (input) => record.listCameras(paged(input)),
    'admin.saveCamera': (input, caller) => record.saveCamera(input, actOf(caller)),
    'admin.cameraHistory': (input) => record.cameraHistory(paged(input)),
    'admin.listSettings': async () => {
      const list = await settings.list();
      return list.ok ? success({ items: list.value }) : list;
    },
    'admin.saveSetting': (input, caller) => settings.save(input, actOf(caller)),
    'admin.listGuidance': (input) => record.listGuidance(paged(input)),
    'admin.saveGuidance': (input, caller) => record.saveGuidance(input, actOf(caller)),
    'admin.listWorkstations': (input) => record.listWorkstations(paged(input)),
  };
}
