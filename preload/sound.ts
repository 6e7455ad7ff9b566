import { contextBridge, ipcRenderer } from 'electron';
import type { SoundApi } from '../contract/api.ts';
import { callChannel, events } from '../contract/methods.ts';
import { listen } from './expose.ts';

/** The window that plays shows nothing and asks for nothing: it is told what to play, and says whether it could. */
const api: SoundApi = {
  report: (report) => ipcRenderer.invoke(callChannel, 'sound.report', report),
  onCommand: (listener) => listen(events.sound, listener),
};
contextBridge.exposeInMainWorld('vicoreSound', Object.freeze(api));
