import type { Camera, CameraStatusChange } from '../../contract/domain.ts';
import type { AdminRecord } from '../admin/ports.ts';
import { edit } from './admin-outcome.ts';
import type { Ask } from './ask.ts';
import { type List, readPage } from './pages.ts';
import { milliseconds, present } from './queryable.ts';
import { storable } from './text.ts';

const latest = (column: string): string =>
  `(select ${column} from vicore.camera_status h where h.stream_id = c.stream_id and h.camera_id = c.id
    order by h.id desc limit 1)`;

const columns = `c.stream_id as "streamId", c.id, c.site, c.track, c.side, c.name, c.given_name as "givenName",
  ${latest('h.status')} as status, ${latest(milliseconds('h.at'))} as "statusAt", c.revision`;

const cameras: List<Camera, Camera> = {
  label: 'list-cameras',
  columns,
  from: 'vicore.camera c',
  keys: [
    { sql: 'c.site', type: 'text' },
    { sql: 'c.track', type: 'text' },
    { sql: 'c.stream_id', type: 'text' },
    { sql: 'c.id', type: 'text' },
  ],
  order: 'asc',
  toItem: present,
};

const history: List<CameraStatusChange, CameraStatusChange> = {
  label: 'camera-history',
  columns: `h.status, ${milliseconds('h.at')} as at, ${milliseconds('h.received_at')} as "receivedAt", h.workstation`,
  from: 'vicore.camera_status h',
  keys: [{ sql: 'h.id', type: 'bigint' }],
  order: 'desc',
  toItem: present,
};

export const createAdminCameras = (
  ask: Ask,
): Pick<AdminRecord, 'listCameras' | 'saveCamera' | 'cameraHistory'> => ({
  listCameras: (page) => readPage(ask, cameras, page),
  saveCamera: ({ streamId, cameraId, givenName, revision }, act) =>
    edit<Camera, Camera>(ask, act, {
      name: 'save_camera',
      parameters: [
        storable(streamId),
        storable(cameraId),
        givenName === undefined || givenName === '' ? null : storable(givenName),
        revision,
      ],
      member: 'camera',
      alias: 'c',
      columns,
      toItem: present,
    }),
  cameraHistory: ({ streamId, cameraId, ...page }) =>
    readPage(ask, history, page, [
      ['h.stream_id = $?', storable(streamId)],
      ['h.camera_id = $?', storable(cameraId)],
    ]),
});
