/** Whether a figure says that there is nothing, or that nobody knows: what has to be read stands out from it. */
export const isQuiet = (figure: string): boolean => /^(?:–|0(?:\/s|\s.*)?)$/.test(figure);
