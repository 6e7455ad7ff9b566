import { createSetupHandlers } from '../main/api/setup.ts';
import { compose } from '../main/compose.ts';
import { loadConfiguration } from '../main/configuration/load.ts';
import { startApplication } from './start.ts';

// Not awaited: the entry of an ES module delays "ready", which the start itself waits for.
startApplication({ load: loadConfiguration, compose, setupHandlers: createSetupHandlers }).catch(
  (error: unknown) => {
    throw error;
  },
);
