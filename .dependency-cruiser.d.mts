import type { IForbiddenRuleType } from 'dependency-cruiser';

declare const configuration: { readonly forbidden: IForbiddenRuleType[] };
export default configuration;
