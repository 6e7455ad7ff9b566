import type { Inputs } from '../../../contract/inputs.ts';
import type { ConnectionTest } from '../../../contract/results.ts';

type SecretKind = 'value' | 'env' | 'file';

export interface SecretDraft {
  readonly kind: SecretKind;
  readonly text: string;
}

export interface StreamDraft {
  readonly key: number;
  readonly url: string;
  readonly token: SecretDraft;
}

export interface SetupDraft {
  readonly workstation: string;
  /** One per line. */
  readonly hosts: string;
  readonly database: string;
  readonly user: string;
  readonly password: SecretDraft;
  readonly tls: 'verify-full' | 'require' | 'disable';
  readonly streams: readonly StreamDraft[];
  /** Both empty: nobody can sign in at this workstation. */
  readonly issuer: string;
  readonly clientId: string;
}

export type TestState =
  { readonly kind: 'untested' | 'testing' } | { readonly kind: 'done'; readonly test: ConnectionTest };

export const emptyDraft: SetupDraft = {
  workstation: '',
  hosts: '',
  database: 'vicore',
  user: 'vicore_app',
  password: { kind: 'value', text: '' },
  tls: 'verify-full',
  streams: [{ key: 1, url: '', token: { kind: 'value', text: '' } }],
  issuer: '',
  clientId: '',
};

const secret = ({
  kind,
  text,
}: SecretDraft): string | { readonly env: string } | { readonly file: string } => {
  if (kind === 'env') return { env: text.trim() };
  return kind === 'file' ? { file: text.trim() } : text;
};

export const databaseInput = (draft: SetupDraft): Inputs['setup.testDatabase'] => ({
  hosts: draft.hosts
    .split(/[\n,]/)
    .map((host) => host.trim())
    .filter((host) => host !== ''),
  database: draft.database.trim(),
  user: draft.user.trim(),
  password: secret(draft.password),
  tls: draft.tls,
});

export const cameraInput = ({ url, token }: StreamDraft): Inputs['setup.testCamera'] => ({
  url: url.trim(),
  token: secret(token),
});

export const loginInput = ({ issuer, clientId }: SetupDraft): Inputs['setup.testLogin'] => ({
  issuer: issuer.trim(),
  clientId: clientId.trim(),
});

/** Sign-in is optional: with both fields empty the workstation is set up without it. */
export const withoutLogin = (draft: SetupDraft): boolean => {
  const { issuer, clientId } = loginInput(draft);
  return issuer === '' && clientId === '';
};

/** Something is there that cannot be the address of a provider. */
export const isIssuerWrong = (draft: SetupDraft): boolean => {
  const { issuer } = loginInput(draft);
  return issuer !== '' && !/^https?:$/.test(URL.parse(issuer)?.protocol ?? '');
};

export const saveInput = (draft: SetupDraft): Inputs['setup.save'] => ({
  workstation: draft.workstation.trim(),
  postgres: databaseInput(draft),
  streams: draft.streams.map(cameraInput),
  login: withoutLogin(draft) ? undefined : loginInput(draft),
});

export type Field =
  | 'setup.name'
  | 'setup.hosts'
  | 'setup.database'
  | 'setup.user'
  | 'setup.password'
  | 'setup.url'
  | 'setup.token'
  | 'setup.issuer'
  | 'setup.clientId';

const emptySecret = ({ kind, text }: SecretDraft): boolean => kind !== 'value' && text.trim() === '';

/** What the database test needs and does not have yet. */
export const missingForDatabase = (draft: SetupDraft): readonly Field[] => [
  ...(databaseInput(draft).hosts.length === 0 ? (['setup.hosts'] as const) : []),
  ...(draft.database.trim() === '' ? (['setup.database'] as const) : []),
  ...(draft.user.trim() === '' ? (['setup.user'] as const) : []),
  ...(emptySecret(draft.password) ? (['setup.password'] as const) : []),
];

export const missingForCamera = ({ url, token }: StreamDraft): readonly Field[] => [
  ...(url.trim() === '' ? (['setup.url'] as const) : []),
  ...(emptySecret(token) ? (['setup.token'] as const) : []),
];

/** What the sign-in test needs; an address that is none counts as missing. */
export const missingForLogin = (draft: SetupDraft): readonly Field[] => [
  ...(draft.issuer.trim() === '' || isIssuerWrong(draft) ? (['setup.issuer'] as const) : []),
  ...(draft.clientId.trim() === '' ? (['setup.clientId'] as const) : []),
];

export const missingForSave = (draft: SetupDraft): readonly Field[] => [
  ...new Set<Field>([
    ...(draft.workstation.trim() === '' ? (['setup.name'] as const) : []),
    ...missingForDatabase(draft),
    ...draft.streams.flatMap(missingForCamera),
    ...(withoutLogin(draft) ? [] : missingForLogin(draft)),
  ]),
];
