"""Read notebooks, of Jupyter and of Databricks: their cells, magics and languages, as the Python that they run."""
