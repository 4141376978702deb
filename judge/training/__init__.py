"""Scripts that fit and measure the weights; they need scikit-learn, which the judge itself does not."""
