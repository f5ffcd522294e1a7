import { translate } from '@docusaurus/Translate';

export function ownName(): string {
  return translate({
    id: 'dirtyBit.libraries.own',
    message: 'This site',
    description: 'Names the code of this site among the libraries',
  });
}
