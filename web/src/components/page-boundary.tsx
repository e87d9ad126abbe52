import { Component, type ReactNode } from 'react';
import { Page } from './page.tsx';
import { Failed } from './states.tsx';

interface Props {
  readonly children: ReactNode;
}

/** Shows an error in place of a page that fails, so that the navigation still works. */
export class PageBoundary extends Component<Props, { readonly error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Page title="Something went wrong">
        <Failed error={error} again={() => location.reload()} />
      </Page>
    );
  }
}
