import "graphiql/setup-workers/vite";
import "graphiql/graphiql.css";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<GraphiQL fetcher={createGraphiQLFetcher({ url: "/graphql" })} />);
