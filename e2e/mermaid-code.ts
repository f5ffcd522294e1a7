/** Words of mermaid's own, which are still there in its packed code. */
export const mermaidCode = /mermaidAPI|Syntax error in text/;
