const { contextBridge, ipcRenderer } = require('electron');

/** The least that a page needs to ask main something. */
contextBridge.exposeInMainWorld('empty', {
  ask: (input) => ipcRenderer.invoke('ask', input),
  /** Each call's time in ms, measured on this side of the bridge: nothing but `invoke`. */
  async bareTimes(count, input) {
    const times = [];
    for (let call = 0; call < count; call += 1) {
      const start = performance.now();
      await ipcRenderer.invoke('ask', input);
      times.push(performance.now() - start);
    }
    return times;
  },
});
