import type { Props } from '@theme/DocItem/Layout';
import DocItemLayout from '@theme-original/DocItem/Layout';
import type { JSX } from 'react';

/**
 * Gives a page a name to style it by. The one that the theme puts on the root
 * element comes and goes while the page comes to life.
 */
export default function NamedDocItemLayout(props: Props): JSX.Element {
  return (
    <div className="doc-page">
      <DocItemLayout {...props} />
    </div>
  );
}
