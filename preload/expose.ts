import { contextBridge, ipcRenderer } from 'electron';
import type { IpcRendererEvent } from 'electron';
import type { VicoreApi } from '../contract/api.ts';
import type { ChangeBatch } from '../contract/changes.ts';
import type { Session } from '../contract/domain.ts';
import { failure } from '../contract/errors.ts';
import { callChannel, events, methods } from '../contract/methods.ts';
import type { MethodName, WindowKind } from '../contract/methods.ts';
import type { Preferences, WindowContext } from '../contract/results.ts';

function mayCall(kind: WindowKind, method: string): boolean {
  if (!Object.prototype.hasOwnProperty.call(methods, method)) return false;
  const allowed: readonly WindowKind[] = methods[method as MethodName].windows;
  return allowed.includes(kind);
}

/** Subscribes without handing the IPC event, and with it the sender, to the page. */
export function listen<T>(channel: string, listener: (value: T) => void): () => void {
  const receive = (_event: IpcRendererEvent, value: T) => {
    listener(value);
  };
  ipcRenderer.on(channel, receive);
  return () => {
    ipcRenderer.removeListener(channel, receive);
  };
}

/**
 * Puts `window.vicore` into the page: the methods that this kind of window may call and the events it gets,
 * nothing of Electron or Node (docs/security.md point 20). Main checks everything again; the filter here only
 * keeps a mistake from becoming a call.
 */
export function exposeApi(kind: WindowKind): void {
  const api: VicoreApi = {
    call: (method, input) =>
      mayCall(kind, method)
        ? ipcRenderer.invoke(callChannel, method, input)
        : Promise.resolve(failure('forbidden', `a ${kind} window may not call this`)),
    onChanges: (listener) => listen(events.changes, listener),
    onContext: (listener) => listen<WindowContext>(events.context, listener),
    onSession: (listener) => listen<Session>(events.session, listener),
    onPreferences: (listener) => listen<Preferences>(events.preferences, listener),
  };
  if (mayCall(kind, 'monitoring.received')) {
    // Flow control: main sends a window that does not answer fewer and larger batches (main/api/live.ts).
    listen<ChangeBatch>(events.changes, (batch) => {
      const sequence = batch.first + batch.changes.length - 1;
      if (batch.changes.length > 0) void ipcRenderer.invoke(callChannel, 'monitoring.received', { sequence });
    });
  }
  contextBridge.exposeInMainWorld('vicore', Object.freeze(api));
}
