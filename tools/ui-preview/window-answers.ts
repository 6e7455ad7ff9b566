import { success } from '../../contract/errors.ts';
import type { Preferences, WindowContext } from '../../contract/results.ts';
import type { Part } from './fake-main.ts';
import { livePass } from './world.ts';

/** What the shell answers: windows, preferences, diagnostics, set-up. */
export const windowAnswers: Part = ({ options, tellPreferences }) => {
  const empty = options.scenario === 'empty';
  let preferences: Preferences = {
    language: 'en',
    theme: 'dark',
    size: 'desk',
    notifyWarnings: false,
    ...options.preferences,
  };
  let context: WindowContext = {
    passId: empty ? undefined : livePass,
    vehicleIndex: empty ? undefined : options.car,
    position: options.position,
    following: true,
    number: 1,
    recovered: false,
  };
  return {
    'windows.context': () => success(context),
    'windows.openCar': () => success({ number: 1 }),
    'windows.openAdmin': () => success({}),
    'windows.setContext': (next) => {
      context = { ...context, ...next };
      return success(context);
    },
    'preferences.get': () => success(preferences),
    'preferences.set': (next) => {
      preferences = { ...preferences, ...next };
      tellPreferences(preferences);
      return success(preferences);
    },
    'diagnostics.about': () =>
      success({
        application: '2.0.0',
        electron: '45.4.1',
        chromium: '144',
        node: '24.21.0',
        schema: 1,
        commit: 'f057381',
      }),
    'diagnostics.openLogs': () => success({ path: '/var/log/vicore' }),
    'setup.testDatabase': ({ hosts }) =>
      success(
        hosts.some((host) => host.startsWith('127.'))
          ? { reachable: true, message: 'PostgreSQL 18.4, schema 1, accepts writes' }
          : {
              reachable: false,
              message: `${hosts.join(', ')}: connection refused. Is the server running, and is the port right?`,
            },
      ),
    'setup.testCamera': ({ url }) =>
      success(
        url.includes('t1')
          ? { reachable: true, message: 'Folkestone T1, 2 cameras, events 1 to 8123' }
          : { reachable: false, message: '401: the token is not accepted' },
      ),
    'setup.testLogin': ({ issuer }) =>
      success(
        issuer.includes('login.')
          ? { reachable: true, message: `${issuer}: OpenID Connect, PKCE S256, refresh tokens` }
          : {
              reachable: false,
              message: `${issuer} answers with a web page, not with OpenID Connect metadata. Is it the issuer?`,
            },
      ),
    'setup.save': () => success({ path: '/home/vicore/.config/vicore/vicore.config.json' }),
  };
};
