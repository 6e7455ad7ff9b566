import { createSetupHandlers } from '../main/compose-setup.ts';
import { compose } from '../main/compose.ts';
import { loadConfiguration } from '../main/configuration/load.ts';
import { loadWithSeals, sealer, sealerWhenReady } from './sealing.ts';
import { startApplication } from './start.ts';

// Not awaited: the entry of an ES module delays "ready", which the start itself waits for.
startApplication({
  load: (options) => loadWithSeals((unseal) => loadConfiguration({ ...options, unseal })),
  compose,
  sealer: sealerWhenReady,
  setupHandlers: ({ configurationPath }) => createSetupHandlers({ configurationPath, seal: sealer()?.seal }),
}).catch((error: unknown) => {
  throw error;
});
