import { ipcMain } from 'electron';
import type { IpcMainInvokeEvent } from 'electron';
import { callChannel } from '../../contract/methods.ts';
import type { CallEntry } from '../../main/api/call.ts';
import type { SenderFacts } from '../../main/api/sender.ts';
import type { WindowRecord } from '../windows/window-record.ts';

/** Facts about who sent a message: the record made when the window was, and its frame as it is now. */
function factsOf(event: IpcMainInvokeEvent, find: (id: number) => WindowRecord | undefined): SenderFacts {
  const record = find(event.sender.id);
  const frame = event.senderFrame;
  return {
    window: record && { id: record.id, kind: record.kind },
    frame: frame ? { isMain: frame === event.sender.mainFrame, origin: frame.origin } : undefined,
  };
}

/** The one request channel of the program (docs/security.md point 17). */
export function connectCalls(entry: CallEntry, find: (id: number) => WindowRecord | undefined): void {
  ipcMain.handle(callChannel, (event, method: unknown, input: unknown) =>
    entry.call(factsOf(event, find), method, input),
  );
}
