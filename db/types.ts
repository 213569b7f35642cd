// oxlint-disable-next-line
export interface DB {}
