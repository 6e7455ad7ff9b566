import type { ReactNode } from 'react';
import './panel.css';

export interface Fact {
  readonly key: string;
  readonly name: string;
  readonly value: ReactNode;
}

/** What is known of one thing: names at the left, values at the right. */
export const Facts = ({ facts }: { readonly facts: readonly (Fact | undefined)[] }) => (
  <dl className="facts">
    {facts.map(
      (fact) =>
        fact !== undefined && (
          <div key={fact.key} data-testid={`fact-${fact.key}`}>
            <dt>{fact.name}</dt>
            <dd>{fact.value}</dd>
          </div>
        ),
    )}
  </dl>
);
