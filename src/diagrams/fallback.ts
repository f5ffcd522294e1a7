/** How Mermaid draws the kinds of diagram that are left to the browser. */
export const fallback = {
  theme: { light: 'neutral', dark: 'dark' },
  options: {
    fontFamily: 'var(--ifm-font-family-base)',
    // The slices of Mermaid's own themes can hardly be told apart. These can,
    // on either ground, and white can be read on them.
    themeVariables: {
      pie1: '#a85f3b',
      pie2: '#55755f',
      pie3: '#5b6d94',
      pie4: '#876a2e',
      pieOpacity: 1,
      pieSectionTextColor: '#fff',
      pieStrokeWidth: '1px',
      pieOuterStrokeWidth: '1px',
    },
  },
};
