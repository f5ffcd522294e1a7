export type PageKind = 'home' | 'page' | 'code' | 'missing';

export function kindOf(address: string): PageKind {
  const page = address.replace(/^\/(vi|ja)\//, '/');
  if (page === '/404.html') return 'missing';
  if (page === '/') return 'home';
  return page.startsWith('/code/') ? 'code' : 'page';
}
