const { contextBridge, ipcRenderer } = require('electron');

/** The least that a page needs to ask main something. */
contextBridge.exposeInMainWorld('empty', {
  ask: (input) => ipcRenderer.invoke('ask', input),
  /** The ms of one call in each group, measured on this side of the bridge: nothing but `invoke`. */
  async bareTimes(groups, callsAGroup, input) {
    const times = [];
    for (let group = 0; group < groups; group += 1) {
      const start = performance.now();
      for (let call = 0; call < callsAGroup; call += 1) await ipcRenderer.invoke('ask', input);
      times.push((performance.now() - start) / callsAGroup);
    }
    return times;
  },
});
