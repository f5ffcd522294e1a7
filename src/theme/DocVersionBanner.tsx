/**
 * The place above a page's title. This site has no versions to speak of there,
 * but it has languages.
 */
export { TranslationNotice as default } from '../components/TranslationNotice.tsx';
