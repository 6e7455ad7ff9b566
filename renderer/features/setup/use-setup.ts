import { useState } from 'react';
import { call } from '../../live/call.ts';
import { showError } from '../../live/notices.ts';
import {
  cameraInput,
  databaseInput,
  emptyDraft,
  loginInput,
  missingForCamera,
  missingForDatabase,
  missingForLogin,
  saveInput,
} from './setup-model.ts';
import type { SetupDraft, StreamDraft, TestState } from './setup-model.ts';

const untested: TestState = { kind: 'untested' };

export interface Setup {
  readonly draft: SetupDraft;
  readonly database: TestState;
  readonly login: TestState;
  readonly cameraTest: (key: number) => TestState;
  readonly saved: string | undefined;
  readonly saving: boolean;
  readonly change: (changed: Partial<SetupDraft>) => void;
  readonly changeStream: (key: number, changed: Partial<StreamDraft>) => void;
  readonly addStream: () => void;
  readonly removeStream: (key: number) => void;
  readonly testDatabase: () => Promise<void>;
  readonly testLogin: () => Promise<void>;
  readonly testCamera: (stream: StreamDraft) => Promise<void>;
  readonly testAll: () => Promise<void>;
  readonly save: () => Promise<void>;
}

/** What is entered, what was tested with it (a change makes a test void), and what was saved. */
export const useSetup = (): Setup => {
  const [draft, setDraft] = useState(emptyDraft);
  const [database, setDatabase] = useState<TestState>(untested);
  const [login, setLogin] = useState<TestState>(untested);
  const [cameras, setCameras] = useState<ReadonlyMap<number, TestState>>(new Map());
  const [saved, setSaved] = useState<string>();
  const [saving, setSaving] = useState(false);

  const setCamera = (key: number, state: TestState): void =>
    setCameras((before) => new Map(before).set(key, state));

  const testDatabase = async (): Promise<void> => {
    setDatabase({ kind: 'testing' });
    const answer = await call('setup.testDatabase', databaseInput(draft));
    if (!answer.ok) showError(answer.error);
    setDatabase(answer.ok ? { kind: 'done', test: answer.value } : untested);
  };
  const testLogin = async (): Promise<void> => {
    setLogin({ kind: 'testing' });
    const answer = await call('setup.testLogin', loginInput(draft));
    if (!answer.ok) showError(answer.error);
    setLogin(answer.ok ? { kind: 'done', test: answer.value } : untested);
  };
  const testCamera = async (stream: StreamDraft): Promise<void> => {
    setCamera(stream.key, { kind: 'testing' });
    const answer = await call('setup.testCamera', cameraInput(stream));
    if (!answer.ok) showError(answer.error);
    setCamera(stream.key, answer.ok ? { kind: 'done', test: answer.value } : untested);
  };

  return {
    draft,
    database,
    login,
    cameraTest: (key) => cameras.get(key) ?? untested,
    saved,
    saving,
    change: (changed) => {
      setDraft((before) => ({ ...before, ...changed }));
      if ('issuer' in changed || 'clientId' in changed) setLogin(untested);
      else if (!('workstation' in changed)) setDatabase(untested);
    },
    changeStream: (key, changed) => {
      setDraft((before) => ({
        ...before,
        streams: before.streams.map((stream) => (stream.key === key ? { ...stream, ...changed } : stream)),
      }));
      setCamera(key, untested);
    },
    addStream: () =>
      setDraft((before) => {
        const key = Math.max(0, ...before.streams.map((stream) => stream.key)) + 1;
        return {
          ...before,
          streams: [...before.streams, { key, url: '', token: { kind: 'value', text: '' } }],
        };
      }),
    removeStream: (key) =>
      setDraft((before) => ({ ...before, streams: before.streams.filter((stream) => stream.key !== key) })),
    testDatabase,
    testLogin,
    testCamera,
    testAll: async () => {
      if (missingForDatabase(draft).length === 0) await testDatabase();
      for (const stream of draft.streams) {
        if (missingForCamera(stream).length === 0) await testCamera(stream);
      }
      if (missingForLogin(draft).length === 0) await testLogin();
    },
    save: async () => {
      setSaving(true);
      const answer = await call('setup.save', saveInput(draft));
      setSaving(false);
      if (answer.ok) setSaved(answer.value.path);
      else showError(answer.error);
    },
  };
};
