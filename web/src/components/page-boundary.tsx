import { Component, type ReactNode } from 'react';
import { Page } from './page.tsx';
import { Failed } from './states.tsx';

interface Props {
  readonly children: ReactNode;
}

/** Where a page cannot be shown, the navigation around it still works. */
export class PageBoundary extends Component<Props, { readonly error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Page title="Something is missing">
        <Failed error={error} again={() => location.reload()} />
      </Page>
    );
  }
}
