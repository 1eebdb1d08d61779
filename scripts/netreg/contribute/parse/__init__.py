"""Parse: values, dates, references and facts from the words in which people write them."""
