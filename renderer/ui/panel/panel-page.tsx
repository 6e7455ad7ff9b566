import type { ReactNode } from 'react';
import './panel.css';

interface PanelPageProps {
  readonly title: string;
  /** One sentence: what this page is for. */
  readonly intro: string;
  /** Search and filters, below the title. */
  readonly tools?: ReactNode;
  /** Buttons of the page as a whole, at the right of the title. */
  readonly acts?: ReactNode;
  readonly testId: string;
  readonly children: ReactNode;
}

/** The frame that every page of the admin window has; `children` fill what is left and scroll by themselves. */
export const PanelPage = ({ title, intro, tools, acts, testId, children }: PanelPageProps) => (
  <section className="panel-page" aria-label={title} data-testid={testId}>
    <header className="panel-page-head">
      <div>
        <h2>{title}</h2>
        <p className="secondary">{intro}</p>
      </div>
      {acts !== undefined && <div className="acts">{acts}</div>}
      {tools !== undefined && (
        <div className="panel-page-tools" data-region="tools">
          {tools}
        </div>
      )}
    </header>
    <div className="panel-page-body">{children}</div>
  </section>
);
