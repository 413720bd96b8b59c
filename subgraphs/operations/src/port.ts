/** Operations gives nothing to other subgraphs: it reads what every subgraph's jobs leave behind. */
export {}
